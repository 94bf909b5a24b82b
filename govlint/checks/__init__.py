"""What the rules of a family share: a Report in, findings out; knows no reader, output or setting."""
