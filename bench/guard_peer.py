"""Presidio's patterns in a process and an environment of their own: the guard's peer.

It takes some hundred megabytes with spaCy, so `make bench` installs it beside Usher and never into
it. No model of language runs: `spacy.blank` cuts words, and the recognizers are the patterns alone.
Lists of texts come in on stdin, one JSON a line; the processor seconds they took go out.
"""

import json
import sys
from time import thread_time

import spacy
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import SpacyNlpEngine


class Blank(SpacyNlpEngine):  # type: ignore[misc]  # Presidio publishes no types
    def __init__(self) -> None:
        super().__init__(models=[{"lang_code": "en", "model_name": "blank"}])
        self.nlp = {"en": spacy.blank("en")}


def patterns() -> AnalyzerEngine:
    registry = RecognizerRegistry()
    registry.load_predefined_recognizers(languages=["en"])
    registry.recognizers = [
        one for one in registry.recognizers if type(one).__name__ != "SpacyRecognizer"
    ]
    return AnalyzerEngine(registry=registry, nlp_engine=Blank(), supported_languages=["en"])


def main() -> None:
    analyzer = patterns()
    for line in sys.stdin:
        texts = json.loads(line)
        start = thread_time()
        for text in texts:
            analyzer.analyze(text, language="en")
        sys.stdout.write(f"{thread_time() - start}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
