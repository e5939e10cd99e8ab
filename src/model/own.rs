//! What the owner sets about names and phrases.

/// The owner's own words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnWords {
    /// Actors and places that have several names.
    pub aliases: Vec<Alias>,
    /// Actors and places that matter to the owner: ranked up, and told even where doubtful.
    pub watched: Vec<String>,
    /// A sentence with one of these phrases tells nothing.
    pub ignored: Vec<String>,
}

/// One actor or place under several names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The name by which it is shown.
    pub name: String,
    /// Its other names.
    pub also: Vec<String>,
    /// What it is; `None`: what its name is read as.
    pub is: Option<Named>,
}

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// A person.
    Person,
    /// A body or armed group.
    Body,
    /// A place.
    Place,
}

/// A watched name, and the country that it may be the name of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// The name.
    pub name: String,
    /// ISO 3166-1 alpha-2 code, if it names a country.
    pub country: Option<String>,
}
