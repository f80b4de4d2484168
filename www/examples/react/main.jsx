import { useEffect, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import "rubricate";

const TEXT = "The mill has stood still since 1954.\n“It only needs a belt,” says its owner, who is 91.";

function Annotated({ text, onChange }) {
  const article = useRef(null);
  // A string that React holds becomes the element's document; events are props that begin with "on".
  useEffect(() => {
    article.current.load({ text, id: "react-example", lang: "en" }).then(() => onChange(article.current.annotations));
  }, [text]);
  return (
    <rubricate-article ref={article} storage="none" onrubricate-change={() => onChange(article.current.annotations)} />
  );
}

function App() {
  const [annotations, setAnnotations] = useState([]);
  return (
    <>
      <Annotated text={TEXT} onChange={setAnnotations} />
      <h2>{annotations.length === 1 ? "One annotation" : `${annotations.length} annotations`}</h2>
      <ul>
        {annotations.map(({ id, label, text }) => (
          <li key={id}>
            {label}: {text}
          </li>
        ))}
      </ul>
    </>
  );
}

createRoot(document.getElementById("app")).render(<App />);
