//! `draw(frame, &State, &Theme)`: widgets draw a `Figure`, pages place widgets.
