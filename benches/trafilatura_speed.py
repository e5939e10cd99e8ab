"""Article text by Python's trafilatura, timed and scored on the same pages as Tidings; `benches/page_ratio` runs it.

trafilatura_speed.py FOLDER TIDINGS.jsonl: FOLDER holds ground-truth.json ({id: {"articleBody", "url"}}) and
html/ID.html.gz, as the article extraction benchmark of scrapinghub has them; TIDINGS.jsonl what `tidings extract` says.
Prints the time of this process a page, and F1 of both in that benchmark's measure: words in runs of four.
"""

import collections
import gzip
import json
import os
import re
import sys
import time

import trafilatura


def runs(text):
    words = re.findall(r"\w+", text or "")
    if 0 < len(words) < 4:
        return collections.Counter([tuple(words)])
    return collections.Counter(tuple(words[i : i + 4]) for i in range(len(words) - 3))


def f1(truth, texts):
    precision, recall = [], []
    for key, page in truth.items():
        gold, said = runs(page["articleBody"]), runs(texts.get(key))
        both = sum((gold & said).values())
        precision.append(both / sum(said.values()) if said else 1.0 if not gold else 0.0)
        recall.append(both / sum(gold.values()) if gold else 1.0)
    p, r = sum(precision) / len(precision), sum(recall) / len(recall)
    return 2 * p * r / (p + r)


def extract(pages, truth):
    return {key: trafilatura.extract(page, url=truth[key]["url"], include_comments=False) for key, page in pages.items()}


folder = sys.argv[1]
truth = json.load(open(os.path.join(folder, "ground-truth.json"), encoding="utf-8"))
pages = {key: gzip.open(os.path.join(folder, "html", key + ".html.gz")).read() for key in truth}
with open(sys.argv[2], encoding="utf-8") as lines:
    found = [json.loads(line) for line in lines]
ours = {os.path.basename(page["file"]).split(".html")[0]: page.get("text") for page in found}
texts, start, rounds = extract(pages, truth), time.process_time(), 0
while rounds < 3:
    texts = extract(pages, truth)
    rounds += 1
took = (time.process_time() - start) / rounds / len(pages)
print(f"trafilatura {trafilatura.__version__}")
print(f"ms/page {took * 1000:.3f} on average of {rounds} rounds over {len(pages)}")
print(f"F1 {f1(truth, ours):.3f} Tidings, {f1(truth, texts):.3f} trafilatura")
