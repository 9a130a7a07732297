"""Support policies and labour law as dated, cited rules: who qualifies, why, and for how much."""
