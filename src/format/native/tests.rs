//! Files written, read, taken in and written again; and files that mean harm.

mod hostile;
mod round_trip;
