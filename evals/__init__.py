"""How good the coach is, measured on labelled cases, with baselines in the same run."""
