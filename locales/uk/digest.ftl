# Labels of a digest; the sentences are the articles own.
