//! The bundled newsroom.
