"""Does a text hold instructions that are aimed at a language model?"""
