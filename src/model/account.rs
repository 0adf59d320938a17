//! What I am called in a tracker, and what kind of name that is.

/// What kind of name it is: an id is compared with ids, a login with logins. The numbers are
/// stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameKind {
    /// Whatever the owner typed: any kind.
    Any = 0,
    /// The tracker's stable id.
    Id = 1,
    /// A login.
    Login = 2,
    /// An e-mail address.
    Address = 3,
    /// A display name, which others may share.
    Name = 4,
}

impl NameKind {
    /// Every kind, by number.
    pub const ALL: [Self; 5] = [Self::Any, Self::Id, Self::Login, Self::Address, Self::Name];

    /// Its name in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Id => "id",
            Self::Login => "login",
            Self::Address => "address",
            Self::Name => "name",
        }
    }

    /// Whether such a name is one person's only.
    pub fn is_certain(self) -> bool {
        self != Self::Name
    }
}
