"""Chinese words, by jieba; its dictionary takes most of a second, so only who asks loads it."""

import logging


def split_words(text: str) -> list[str]:
    """The words of `text`, in order; joined they are `text` again."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    return list(jieba.lcut(text))
