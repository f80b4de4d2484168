//! The JavaScript around a WebAssembly module: a module whose default export makes an instance.
//!
//! A bundler must see what belongs to a module, so its address is written as bundlers look for it:
//! `new URL("./….wasm", import.meta.url)`. Each call makes a new instance, since an instance that
//! has panicked can't be used again.

use super::integrity::{base64, sri};
use flate2::write::GzEncoder;
use std::error::Error;
use std::io::Write;
use std::path::Path;
use wasm_bindgen_cli_support::Bindgen;

/// A module and the JavaScript that wasm-bindgen made for it.
pub struct Glue {
    /// The stem of the files: `rubricate_wasm.js` and `rubricate_wasm_bg.wasm`.
    pub name: &'static str,
    /// The module itself.
    pub wasm: Vec<u8>,
    /// Declares `program`: a function that starts the module, and has its exports as properties.
    program: String,
}

impl Glue {
    /// Makes the glue of a compiled module.
    pub fn make(name: &'static str, compiled: &Path) -> Result<Glue, Box<dyn Error>> {
        let mut output = Bindgen::new()
            .input_path(compiled)
            .out_name(name)
            .no_modules(true)?
            .no_modules_global("program")?
            .omit_default_module_path(true)
            // The contract's types are written by hand, for the element.
            .typescript(false)
            .remove_name_section(true)
            .remove_producers_section(true)
            .generate_output()?;
        let program = output.js().trim().to_owned();
        let exports = "wasm = instance.exports;";
        if program.matches(exports).count() != 1 {
            return Err("wasm-bindgen takes a module's exports in another way than before".into());
        }
        Ok(Glue {
            name,
            wasm: output.wasm_mut().emit_wasm(),
            program: program.replace(exports, "wasm = watched(instance.exports);"),
        })
    }

    /// The name of its JavaScript.
    pub fn script_name(&self) -> String {
        format!("{}.js", self.name)
    }

    /// The name of the module's own file.
    pub fn wasm_name(&self) -> String {
        format!("{}_bg.wasm", self.name)
    }

    /// Its JavaScript, which fetches the module from beside itself and takes that very file alone.
    pub fn script(&self) -> String {
        let (name, integrity) = (self.wasm_name(), sri(&self.wasm));
        self.with_source(&format!(
            "fetch(new URL(\"./{name}\", import.meta.url), {{ integrity: \"{integrity}\" }})"
        ))
    }

    /// Its JavaScript with the module inside, compressed: nothing is fetched.
    pub fn script_with_module(&self) -> Result<String, Box<dyn Error>> {
        let mut gzip = GzEncoder::new(Vec::new(), flate2::Compression::best());
        gzip.write_all(&self.wasm)?;
        let packed = base64(&gzip.finish()?);
        Ok(self.with_source(&format!("unpacked(\"{packed}\")")) + UNPACKED)
    }

    /// `source` is an expression: what the module is started with, or a promise of it.
    fn with_source(&self, source: &str) -> String {
        format!(
            "// A new instance of the program at each call. Made by wasm-bindgen.\n\
             export default async function {}() {{\n\
             {}\n\
             {WATCHED}\
             await program({{ module_or_path: {source} }});\n\
             return program;\n\
             }}\n",
            self.name, self.program
        )
    }
}

/// Whoever calls into a module, be it a method, a listener or a promise, may say nothing of a trap. But
/// every call goes through the module's exports. Where the program runs out of memory it traps without a
/// panic: `program.onTrap` is told.
const WATCHED: &str = r#"function watched(exports) {
  const watch = (call) => (...values) => {
    try {
      return call(...values);
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) program.onTrap?.(error);
      throw error;
    }
  };
  const all = {};
  for (const name of Object.keys(exports)) {
    const value = exports[name];
    all[name] = typeof value === "function" ? watch(value) : value;
  }
  return all;
}
"#;

/// Takes a module out of its base64 and gzip.
const UNPACKED: &str = r#"
function unpacked(packed) {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}
"#;

#[cfg(test)]
mod tests {
    use super::*;

    fn glue() -> Glue {
        Glue {
            name: "small",
            wasm: b"\0asm".to_vec(),
            program: "let program = 1;".to_owned(),
        }
    }

    #[test]
    fn a_module_is_found_as_bundlers_look_for_it_and_checked() {
        let script = glue().script();
        assert!(script.contains("new URL(\"./small_bg.wasm\", import.meta.url)"));
        assert!(script.contains("{ integrity: \"sha384-"), "{script}");
        assert!(script.contains("export default async function small() {\nlet program = 1;\n"));
        assert!(script.contains("\nfunction watched(exports) {"), "{script}");
    }

    #[test]
    fn with_the_module_inside_nothing_is_fetched() {
        let script = glue().script_with_module().unwrap();
        assert!(
            script.contains("module_or_path: unpacked(\"H4sI"),
            "{script}"
        );
        for absent in ["fetch", "import"] {
            assert!(!script.contains(absent), "{absent}");
        }
    }
}
