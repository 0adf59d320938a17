//! The language of a file, from its name alone: gengo's tables, and a few names they lack.

use std::path::Path;

use gengo_language::{Category as Family, Language};
use rustc_hash::FxHashMap;

/// What a language is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Programs, markup, queries: what is written to be run or rendered.
    Program,
    /// Prose.
    Prose,
    /// Settings of tools.
    Settings,
    /// Data.
    Data,
}

/// A language by linguist's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known {
    /// linguist's name of it.
    pub(super) name: &'static str,
    /// What it is for.
    pub(super) purpose: Purpose,
}

/// Languages by file name, remembered: the tables are slow to search.
#[derive(Debug, Default)]
pub(super) struct Languages {
    memo: FxHashMap<Box<[u8]>, Option<Known>>,
}

/// So many file names are remembered before it starts anew.
const MEMO: usize = 1 << 16;

impl Languages {
    /// The language of a file with this name (no folder); `None` when the name does not tell.
    pub(super) fn of(&mut self, name: &[u8]) -> Option<Known> {
        if let Some(known) = self.memo.get(name) {
            return *known;
        }
        if self.memo.len() >= MEMO {
            self.memo.clear();
        }
        let known = std::str::from_utf8(name).ok().and_then(look_up);
        self.memo.insert(name.into(), known);
        known
    }
}

fn look_up(name: &str) -> Option<Known> {
    // Templates and copies are what they are templates and copies of.
    let name = [".bak", ".example", ".in", ".orig"]
        .iter()
        .find_map(|end| name.strip_suffix(end).filter(|stem| stem.contains('.')))
        .unwrap_or(name);
    if let Some(known) = NAMES.iter().find(|(named, _)| *named == name) {
        return Some(known.1);
    }
    let best = |found: Vec<Language>| found.into_iter().max_by_key(Language::priority).map(known);
    best(Language::from_filename(name))
        .or_else(|| best(Language::from_glob(name)))
        .or_else(|| {
            let extension = Path::new(name).extension()?.to_str()?;
            let lower = extension.to_ascii_lowercase();
            let listed = EXTENSIONS
                .iter()
                .find(|(listed, _)| *listed == lower)
                .map(|(_, known)| *known);
            listed
                .or_else(|| best(Language::from_extension(extension)))
                .or_else(|| best(Language::from_extension(&lower)))
        })
}

fn known(language: Language) -> Known {
    let purpose = match language {
        Language::Toml
        | Language::Yaml
        | Language::Ini
        | Language::Dotenv
        | Language::IgnoreList
        | Language::GithubWorkflow
        | Language::JsonWithComments
        | Language::PythonRequirementsFile
        | Language::GoMod
        | Language::GoSum
        | Language::Docker
        | Language::Makefile
        | Language::Cmake
        | Language::Hcl
        | Language::Nix => Purpose::Settings,
        Language::ProtocolBuffer | Language::Typespec => Purpose::Program,
        Language::Tex => Purpose::Prose,
        other => match other.category() {
            Family::Prose => Purpose::Prose,
            Family::Data => Purpose::Data,
            _ => Purpose::Program,
        },
    };
    // Where gengo's name is not linguist's.
    let name = match language {
        Language::BatchFile => "Batchfile",
        Language::Docker => "Dockerfile",
        Language::Dotenv => "Dotenv",
        Language::FortranLegacy | Language::FortranModern => "Fortran",
        Language::GithubWorkflow => "YAML",
        Language::GoMod => "Go Module",
        Language::GoSum => "Go Checksums",
        Language::JinjaLike => "Jinja",
        Language::PlainText => "Text",
        Language::PythonRequirementsFile => "Pip Requirements",
        Language::RestructuredText => "reStructuredText",
        other => other.name(),
    };
    Known { name, purpose }
}

/// The language that `linguist-language=name` means; `None` when the name is not known.
pub(super) fn by_name(name: &str) -> Option<Known> {
    let spaced = name.trim().replace('-', " ").to_ascii_lowercase();
    let same = |other: &str| other.replace('-', " ").eq_ignore_ascii_case(&spaced);
    let listed = NAMES.iter().chain(EXTENSIONS);
    if let Some((_, known)) = listed.clone().find(|(_, known)| same(known.name)) {
        return Some(*known);
    }
    let special = match spaced.as_str() {
        "c++" | "cpp" => Some(Language::CPlusPlus),
        "c#" | "csharp" => Some(Language::CSharp),
        "f#" | "fsharp" => Some(Language::FSharp),
        "js" => Some(Language::Javascript),
        "viml" | "vim" | "vim script" => Some(Language::VimScript),
        "elisp" => Some(Language::EmacsLisp),
        "text" => Some(Language::PlainText),
        "dockerfile" => Some(Language::Docker),
        "batchfile" => Some(Language::BatchFile),
        "fortran" => Some(Language::FortranModern),
        "bash" | "sh" | "zsh" => Some(Language::Shell),
        _ => None,
    };
    // gengo's own identifiers are the words of the name, each with a capital.
    let identifier: String = spaced
        .split([' ', '_', '.'])
        .filter_map(|word| {
            let mut chars = word.chars();
            Some(chars.next()?.to_ascii_uppercase().to_string() + chars.as_str())
        })
        .collect();
    special.or_else(|| identifier.parse().ok()).map(known)
}

const fn program(name: &'static str) -> Known {
    let purpose = Purpose::Program;
    Known { name, purpose }
}

const fn prose(name: &'static str) -> Known {
    let purpose = Purpose::Prose;
    Known { name, purpose }
}

const fn settings(name: &'static str) -> Known {
    let purpose = Purpose::Settings;
    Known { name, purpose }
}

const fn data(name: &'static str) -> Known {
    let purpose = Purpose::Data;
    Known { name, purpose }
}

/// File names that gengo lacks.
const NAMES: &[(&str, Known)] = &[
    ("meson.build", settings("Meson")),
    ("meson_options.txt", settings("Meson")),
    ("meson.options", settings("Meson")),
    ("wscript", settings("Python")),
    ("BUILD", settings("Starlark")),
    ("BUILD.bazel", settings("Starlark")),
    ("WORKSPACE", settings("Starlark")),
    ("Jenkinsfile", settings("Groovy")),
    ("Vagrantfile", settings("Ruby")),
    ("Justfile", settings("Just")),
    ("justfile", settings("Just")),
    ("GNUmakefile", settings("Makefile")),
    ("makefile", settings("Makefile")),
    ("Kconfig", settings("Kconfig")),
    ("configure.ac", settings("M4")),
    (".gitattributes", settings("Git Attributes")),
    (".gitmodules", settings("Git Config")),
    (".mailmap", settings("Git Config")),
    ("Pipfile", settings("TOML")),
    (".bashrc", program("Shell")),
    (".zshrc", program("Shell")),
    (".profile", program("Shell")),
    (".emacs", program("Emacs Lisp")),
];

/// Extensions, in lower case, that gengo lacks or names otherwise than linguist.
const EXTENSIONS: &[(&str, Known)] = &[
    ("adoc", prose("AsciiDoc")),
    ("asciidoc", prose("AsciiDoc")),
    ("awk", program("Awk")),
    ("bicep", program("Bicep")),
    ("bzl", program("Starlark")),
    ("cc", program("C++")),
    ("cfg", settings("INI")),
    ("cjs", program("JavaScript")),
    ("cl", program("OpenCL")),
    ("conf", settings("INI")),
    ("cts", program("TypeScript")),
    ("cu", program("Cuda")),
    ("cuh", program("Cuda")),
    ("cxx", program("C++")),
    ("diff", data("Diff")),
    ("ejs", program("EJS")),
    ("erb", program("HTML+ERB")),
    ("f90", program("Fortran")),
    ("fnl", program("Fennel")),
    ("gradle", settings("Gradle")),
    ("haml", program("Haml")),
    ("hbs", program("Handlebars")),
    ("htm", program("HTML")),
    ("hxx", program("C++")),
    ("ipp", program("C++")),
    ("j2", program("Jinja")),
    ("jinja", program("Jinja")),
    ("json5", settings("JSON5")),
    ("ld", program("Linker Script")),
    ("less", program("Less")),
    ("liquid", program("Liquid")),
    ("m4", program("M4")),
    ("mdx", prose("MDX")),
    ("metal", program("Metal")),
    ("mjs", program("JavaScript")),
    ("mk", settings("Makefile")),
    ("mm", program("Objective-C++")),
    ("mts", program("TypeScript")),
    ("mustache", program("Mustache")),
    ("patch", data("Diff")),
    ("php5", program("PHP")),
    ("phtml", program("HTML+PHP")),
    ("pm", program("Perl")),
    ("po", data("Gettext Catalog")),
    ("pot", data("Gettext Catalog")),
    ("prisma", program("Prisma")),
    ("properties", settings("Java Properties")),
    ("pxd", program("Cython")),
    ("pyi", program("Python")),
    ("pyx", program("Cython")),
    ("rake", program("Ruby")),
    ("re", program("Reason")),
    ("res", program("ReScript")),
    ("rmd", prose("RMarkdown")),
    ("scss", program("SCSS")),
    ("styl", program("Stylus")),
    ("texi", prose("Texinfo")),
    ("texinfo", prose("Texinfo")),
    ("thrift", program("Thrift")),
    ("twig", program("Twig")),
    ("wgsl", program("WGSL")),
    ("xib", data("XML")),
    ("1", prose("Roff")),
    ("5", prose("Roff")),
    ("7", prose("Roff")),
    ("8", prose("Roff")),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> Option<&'static str> {
        Languages::default().of(name.as_bytes()).map(|k| k.name)
    }

    #[test]
    fn names_tell_languages() {
        for (name, language) in [
            ("main.rs", "Rust"),
            ("magit.el", "Emacs Lisp"),
            ("vo.c", "C"),
            ("vo.h", "C"),
            ("a.CC", "C++"),
            ("Makefile", "Makefile"),
            ("Makefile.am", "Makefile"),
            ("config.toml.example", "TOML"),
            ("config.h.in", "C"),
            ("x.ts", "TypeScript"),
            ("magit.texi", "Texinfo"),
            ("style.scss", "SCSS"),
        ] {
            assert_eq!(of(name), Some(language), "{name}");
        }
        assert_eq!(of("AUTHORS"), None);
        assert_eq!(Languages::default().of(b"\xff.rs"), None);
    }

    #[test]
    fn attribute_names_tell_languages() {
        let name = |text: &str| by_name(text).map(|k| k.name);
        assert_eq!(name("Emacs-Lisp"), Some("Emacs Lisp"));
        assert_eq!(name("c++"), Some("C++"));
        assert_eq!(name("JavaScript"), Some("JavaScript"));
        assert_eq!(name("Objective-C"), Some("Objective-C"));
        assert_eq!(name("Starlark"), Some("Starlark"));
        assert_eq!(name("Klingon"), None);
    }
}
