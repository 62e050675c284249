"""The gallery: a picture of every page type and state, in every light, for people to look at.

`./run gallery` makes it. `shots` lists what is taken, `atlases` publishes what is shown, `camera` takes
the pictures, `sheet` lays them side by side.
"""
