//! Git repositories, read only: the only room that names git2.
