//! Well-known feeds of world news, to start from: off until an owner turns them on.

use super::{SourceConfig, file};

/// The catalogue as it is shipped, in the form of a configuration file.
const CATALOGUE: &str = include_str!("catalogue.toml");

/// The catalogue's sources.
///
/// Publishers move their feeds: each is to be taken as unverified until it was read.
pub fn catalogue() -> Vec<SourceConfig> {
    file::parse(CATALOGUE, "catalogue.toml", &mut Vec::new()).sources
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_catalogue_is_a_valid_configuration_and_names_nothing_twice() {
        let mut problems = Vec::new();
        let sources = file::parse(CATALOGUE, "catalogue.toml", &mut problems).sources;
        assert_eq!(problems, []);
        assert!(sources.len() >= 30, "{}", sources.len());
        let urls: HashSet<_> = sources.iter().map(|source| &source.url).collect();
        assert_eq!(urls.len(), sources.len());
        assert!(sources.iter().all(|source| source.outlet.is_some()), "readers are shown the outlet");
    }
}
