//! Terminal guard, events, the worker that owns the store, the main loop.
