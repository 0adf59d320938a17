//! Named actions and the key map.
