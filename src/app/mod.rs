//! State and `update(&mut State, Message) -> Vec<Effect>`. No drawing, no SQL.
