"""Article text by Tidings and by Python's trafilatura, timed and scored on the same pages; `benches/page_ratio` runs it.

page_ratio.py FOLDER TIDINGS: FOLDER holds ground-truth.json ({id: {"articleBody", "url"}}) and html/ID.html.gz, as the
article extraction benchmark of scrapinghub has them; TIDINGS is the program.

Both work in turn on one core, round after round. Time is the processor's, by the system's account: of Tidings that of
the whole process with its start, and with headline, author and date; of trafilatura that of its calls for the text
alone. F1 is in that benchmark's measure: words in runs of four.
"""

import collections
import gzip
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import trafilatura

ROUNDS = 7
# Times that a round goes through all pages.
PASSES = 3


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


def by_trafilatura(pages, truth, passes):
    start = time.process_time()
    for _ in range(passes):
        texts = {
            key: trafilatura.extract(page, url=truth[key]["url"], include_comments=False) for key, page in pages.items()
        }
    return time.process_time() - start, texts


def by_tidings(program, work, pages, passes):
    def used():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    files = [os.path.join(work, key + ".html") for key in pages] * passes
    start = used()
    command = [program, "extract", "--url-list", os.path.join(work, "urls"), *files]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    took = used() - start
    found = [json.loads(line) for line in lines]
    return took, {os.path.basename(page["file"]).removesuffix(".html"): page.get("text") for page in found}


folder, program = sys.argv[1:]
with open(os.path.join(folder, "ground-truth.json"), encoding="utf-8") as file:
    truth = json.load(file)
pages = {key: gzip.open(os.path.join(folder, "html", key + ".html.gz")).read() for key in truth}
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
with tempfile.TemporaryDirectory() as work:
    with open(os.path.join(work, "urls"), "w", encoding="utf-8") as urls:
        urls.writelines(f"{key}\t{page['url']}\n" for key, page in truth.items())
    for key, page in pages.items():
        with open(os.path.join(work, key + ".html"), "wb") as file:
            file.write(page)
    _, theirs = by_trafilatura(pages, truth, 1)
    _, ours = by_tidings(program, work, pages, 1)
    scores = f1(truth, ours), f1(truth, theirs)
    empty = sum(not ours.get(key) for key in truth)
    times = []
    for _ in range(ROUNDS):
        each = by_tidings(program, work, pages, PASSES)[0], by_trafilatura(pages, truth, PASSES)[0]
        times.append([took / PASSES / len(pages) * 1000 for took in each])
        print("ms/page %.2f Tidings, %.2f trafilatura, ratio %.2f" % (*times[-1], times[-1][1] / times[-1][0]))
print(f"{len(pages)} pages, {ROUNDS} rounds of {PASSES} passes, trafilatura {trafilatura.__version__}")
print("F1 %.3f Tidings (%d empty), %.3f trafilatura" % (scores[0], empty, scores[1]))
print("ms/page %.2f Tidings, %.2f trafilatura in the middle" % tuple(map(statistics.median, zip(*times))))
ratios = sorted(theirs / ours for ours, theirs in times)
print("ratio %.2f in the middle, %.2f to %.2f" % (statistics.median(ratios), ratios[0], ratios[-1]))
