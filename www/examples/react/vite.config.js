export default {
  oxc: { jsx: { runtime: "automatic" } },
  // The development server leaves the package in one piece.
  optimizeDeps: { exclude: ["rubricate"] },
};
