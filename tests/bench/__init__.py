"""The measurements of the verifier on real documents: `./run bench verify`."""
