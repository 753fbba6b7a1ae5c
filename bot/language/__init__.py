"""Chinese official language: numbers, dates, sentences, digests, titles; pure text in, text out."""
