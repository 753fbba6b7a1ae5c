"""Callbacks: encrypted text in, encrypted keyword answer out, beside WeRoBot and wechatpy."""
