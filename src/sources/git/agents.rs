//! Programs that write code with or for somebody, by the names and addresses they sign with.
//!
//! A name alone is evidence only where no person bears it; where people do, the address must be
//! the program's, or only words for models may stand beside it. Nothing is guessed from style.

/// Names of programs, in lower case.
const NAMES: [&str; 49] = [
    "aider",
    "amazon q developer",
    "amazon q",
    "amp",
    "augment code",
    "chatgpt",
    "claude code",
    "claude",
    "cline",
    "codex cli",
    "codex",
    "continue",
    "copilot autofix powered by ai",
    "copilot",
    "copilot-swe-agent",
    "crush",
    "cursor",
    "cursoragent",
    "deepseek",
    "devin ai",
    "devin",
    "factory droid",
    "droid",
    "gemini cli",
    "gemini",
    "github copilot",
    "glm",
    "goose",
    "grok",
    "jetbrains junie",
    "jules",
    "junie",
    "kilo code",
    "kimi",
    "kiro",
    "mistral vibe",
    "openai codex",
    "opencode",
    "openhands",
    "qwen code",
    "qwen-coder",
    "qwen",
    "replit agent",
    "roo code",
    "warp",
    "windsurf",
    "zed",
    "gpt",
    "google jules",
];

/// Those of them that people, their nicknames or other things bear too.
const PEOPLE_TOO: [&str; 15] = [
    "amp", "claude", "cline", "continue", "crush", "devin", "droid", "gemini", "goose", "jules",
    "junie", "kimi", "kiro", "warp", "zed",
];

/// Parts of addresses that only programs have; one that starts with a letter or a digit begins
/// there, too.
const ADDRESSES: [&str; 59] = [
    "noreply@anthropic.com",
    "claude@anthropic.com",
    "claude[bot]@",
    "anthropic-claude[bot]@",
    "claude-code-action[bot]@",
    "copilot@",
    "copilot[bot]@",
    "copilot-swe-agent",
    "github-copilot[bot]@",
    "cursoragent@cursor.com",
    "cursor[bot]@",
    "@cursor.sh",
    "codex@openai.com",
    "noreply@openai.com",
    "codex-connector",
    "openai-codex[bot]@",
    "gemini-code-assist",
    "gemini-cli@google.com",
    "gemini-cli[bot]@",
    "jules@google.com",
    "google-labs-jules",
    "jules[bot]@",
    "devin-ai-integration",
    "@aider.chat",
    "noreply@aider.dev",
    "amp@ampcode.com",
    "ampcode-com[bot]@",
    "openhands@all-hands.dev",
    "contact@all-hands.dev",
    "openhands@openhands.dev",
    "openhands-agent",
    "windsurf@codeium.com",
    "noreply@codeium.com",
    "noreply@windsurf.com",
    "junie@jetbrains.com",
    "jetbrains-junie",
    "noreply@opencode.ai",
    "opencode-agent[bot]@",
    "noreply@cline.bot",
    "cline[bot]@",
    "amazon-q-developer",
    "@kiro.dev",
    "kiro-agent",
    "agent@zed.dev",
    "agent@warp.dev",
    "qwen-coder@alibabacloud.com",
    "traecli@bytedance.com",
    "crush@charm.land",
    "factory-droid",
    "droid@factory.ai",
    "noreply@continue.dev",
    "continue[bot]@",
    "@roocode.com",
    "v0[bot]@",
    "lovable-dev[bot]@",
    "gpt-engineer-app[bot]@",
    "replit-agent",
    "vibe@mistral.ai",
    "sweep-ai[bot]@",
];

/// Words that models and their programs are called by, beside a name.
const MODEL_WORDS: [&str; 24] = [
    "agent",
    "ai",
    "anthropic",
    "assistant",
    "bot",
    "cli",
    "code",
    "coder",
    "context",
    "developer",
    "fable",
    "fast",
    "flash",
    "haiku",
    "instant",
    "max",
    "mini",
    "opus",
    "pro",
    "sonnet",
    "thinking",
    "turbo",
    "via",
    "with",
];

/// Whether an author, committer or co-author of this name and address is such a program.
pub(super) fn is_one(name: &str, address: &str) -> bool {
    let (name, address) = (name.trim().to_lowercase(), address.trim().to_lowercase());
    if ADDRESSES.iter().any(|part| has_part(&address, part)) {
        return true;
    }
    let name = name.trim_end_matches("[bot]");
    NAMES.iter().any(|tool| {
        after_word(name, tool).is_some_and(|rest| {
            // A person's own address beside a bare first name is a person.
            let is_bare = rest.trim().is_empty();
            let is_person = PEOPLE_TOO.contains(tool) && !address.is_empty();
            is_bare && !is_person || !is_bare && rest.split_whitespace().all(is_model_word)
        })
    })
}

/// Whether `text`, in lower case, starts with such a program's name, and what follows does not
/// make it something else's.
pub(super) fn starts_with_name(text: &str) -> bool {
    NAMES.iter().any(|tool| {
        after_word(text, tool).is_some_and(|rest| {
            let rest = rest.trim_start();
            !rest.starts_with(char::is_alphanumeric)
                || rest.split_whitespace().next().is_some_and(is_model_word)
        })
    })
}

/// Both are short, and there are many parts to ask for: a plain look at each place is cheaper than
/// a searcher made for each.
fn has_part(address: &str, part: &str) -> bool {
    let (text, wanted) = (address.as_bytes(), part.as_bytes());
    text.windows(wanted.len()).enumerate().any(|(at, here)| {
        here.first() == wanted.first() && here == wanted && {
            let before = address.get(..at).and_then(|text| text.chars().next_back());
            part.starts_with('@') || !before.is_some_and(char::is_alphanumeric)
        }
    })
}

/// A version, a bracketed remark or a word that models are called by.
fn is_model_word(word: &str) -> bool {
    let word = word.trim_matches(['(', ')', '[', ']', ',', '.', ':', '-']);
    let has_digit = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    MODEL_WORDS.contains(&word)
        || NAMES.contains(&word)
        || word.contains(['/', ':'])
        || word.chars().next().is_none_or(|c| c.is_ascii_digit())
        || ["gpt-", "claude-", "gemini-", "o1", "o3", "o4", "v"]
            .iter()
            .any(|start| word.strip_prefix(start).is_some_and(has_digit))
        || matches!(word, "o1" | "o3" | "o4")
}

/// What follows `word` in `text`, if it starts with it as a whole word.
fn after_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(word)?;
    let goes_on = rest.starts_with(|c: char| c.is_alphanumeric());
    let is_joined = rest.starts_with('-') && !rest.contains(|c: char| c.is_ascii_digit());
    (!goes_on && !is_joined).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_known_by_the_names_and_addresses_they_sign_with() {
        for (name, address) in [
            ("Claude", "noreply@anthropic.com"),
            ("Claude Sonnet 4.5 (1M context)", "noreply@anthropic.com"),
            ("Claude Opus 4.6", "ada@example.org"),
            ("Copilot", "175728472+Copilot@users.noreply.github.com"),
            (
                "copilot-swe-agent[bot]",
                "198982749+Copilot@users.noreply.github.com",
            ),
            (
                "Copilot Autofix powered by AI",
                "1+github-advanced-security[bot]@users.noreply.github.com",
            ),
            ("Cursor", "cursoragent@cursor.com"),
            ("Cursor Agent", "ada@example.org"),
            ("Codex", "noreply@openai.com"),
            (
                "chatgpt-codex-connector[bot]",
                "199175422+chatgpt-codex-connector[bot]@users.noreply.github.com",
            ),
            ("GPT-5.2 Codex", ""),
            (
                "gemini-code-assist[bot]",
                "176961590+gemini-code-assist[bot]@users.noreply.github.com",
            ),
            ("Gemini CLI", "gemini-cli@google.com"),
            (
                "Devin AI",
                "158243242+devin-ai-integration[bot]@users.noreply.github.com",
            ),
            ("aider (gpt-4o)", "aider@aider.chat"),
            (
                "google-labs-jules[bot]",
                "161369871+google-labs-jules[bot]@users.noreply.github.com",
            ),
            ("Amp", "amp@ampcode.com"),
            ("openhands", "openhands@all-hands.dev"),
            ("Windsurf", ""),
            ("Junie", "junie@jetbrains.com"),
            ("opencode", "noreply@opencode.ai"),
            ("Cline", "noreply@cline.bot"),
            (
                "Amazon Q Developer",
                "208079219+amazon-q-developer[bot]@users.noreply.github.com",
            ),
            (
                "Kiro Agent",
                "244629292+kiro-agent@users.noreply.github.com",
            ),
            ("Kiro AI (Claude Opus 4.6)", "kiro@kiro.dev"),
            ("Zed Agent", ""),
            ("Warp", "agent@warp.dev"),
            ("Qwen-Coder", "qwen-coder@alibabacloud.com"),
            ("Crush", "crush@charm.land"),
            (
                "factory-droid[bot]",
                "138933559+factory-droid[bot]@users.noreply.github.com",
            ),
        ] {
            assert!(is_one(name, address), "{name} <{address}>");
        }
    }

    #[test]
    fn people_whose_names_programs_bear_are_people() {
        for (name, address) in [
            ("Claude Dupont", "claude@dupont.fr"),
            ("Claude", "claude@dupont.fr"),
            ("Devin Smith", "devin@smith.org"),
            ("Jules", "jules@example.org"),
            ("Junie Park", ""),
            ("Kiro", "kiro@example.org"),
            ("Zed A. Shaw", "zed@example.org"),
            ("Patsy Cline", "patsy@example.org"),
            ("Amp Li", "amp@example.org"),
            ("Cursorio", "c@example.org"),
            ("Grace", "mycopilot@example.org"),
            ("Max Sonnet", "max@example.org"),
            ("GitHub", "noreply@github.com"),
            ("", ""),
        ] {
            assert!(!is_one(name, address), "{name} <{address}>");
        }
    }
}
