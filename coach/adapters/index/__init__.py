"""The retrieval index: Chroma and BM25, fused, published in generations."""
