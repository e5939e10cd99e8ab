//! The bundled newsroom and the demo that runs the whole pipeline on it.

/// The articles, as data files.
pub mod newsroom;
/// The outlets' sites on the loopback address.
pub mod server;
