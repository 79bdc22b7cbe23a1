"""Islehaven, the made-up authority: extracts that look real and are about nobody.

Pure: numbers in, files out. Nothing here is read by the rest of Evenhand except the manifest.
"""
