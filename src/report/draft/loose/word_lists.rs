//! Words that tell how much a summary says.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A list of words.
pub(super) type List = LazyLock<BTreeSet<&'static str>>;

fn list(words: &'static str) -> BTreeSet<&'static str> {
    words.split_whitespace().collect()
}

/// They begin a summary of something new, mended or faster.
pub(super) static CHANGES: List = LazyLock::new(|| {
    list(
        "add added adds allow correct correctly create detect display enable expose fix fixed \
         fixes handle implement improve introduce learn new optimize prevent print provide \
         repair report resolve show speed stabilize support teach validate warn",
    )
});

/// They begin a summary of upkeep.
pub(super) static UPKEEP: List = LazyLock::new(|| {
    list(
        "bump clarify clean cleanup comment copy delete doc docs document downgrade extract \
         factor flatten inline mention merge move pass refactor reformat regenerate rename \
         reorder reorganize restructure revert rewrite simplify sort split sync test tests \
         update upgrade",
    )
});

/// They say nothing without another. In the singular, as the lists below.
pub(super) static FILLER: List = LazyLock::new(|| {
    list(
        "address apply build change clean cleanup clippy code comment cosmetic feedback fix \
         fmt format formatting from header improve indentation lint minor misc more my nit \
         oop pr progress readme remove review rustfmt small some stuff style suggestion temp \
         test this tmp tweak typo unbreak unused up update various warning whitespace wip \
         work",
    )
});

/// They make a short summary small change.
pub(super) static TINY: List =
    LazyLock::new(|| list("cosmetic indentation misspelling mistake spelling typo whitespace wip"));

/// They only join others.
pub(super) static JOINING: List = LazyLock::new(|| {
    list("a an and as at be by for if in is it its not of on or so that the to when with")
});

/// They stand in summaries of any project.
pub(super) static GENERAL: List = LazyLock::new(|| {
    list(
        "about access account action actual actually additional after again all also alway \
         always another any api appropriate argument array author available avoid back bad \
         base basic because been before behavior being best better between bit block body \
         bool both broken bug but call called can cannot case cause check class collect \
         command commit common compile complete condition consistent const contain content \
         convert copyright could crash current currently data dead debug declare default \
         define definition deprecate derive description detail did different directly \
         directory disable docstring doe doesn don drop due during each earlier easier edit \
         either else empty end enhance enhancement ensure entry error even every example \
         exist existing explain explicit explicitly extra fail failing failure fall feature \
         field file find first flag folder follow found full function general generate get \
         give given global good group had has have help helper here hide how ignore impl \
         implementation include information initial input insert inside instead int internal \
         into invalid issue item just keep key kind last later leave less let level library \
         like limit line link list load local logic long longer look main make many may \
         message method missing mod mode module most multiple must name necessary need never \
         next nice non none note nothing now null number object obvious off old once one only \
         open option optional optionally order other out output over own package page \
         parameter part path perform place point possible previous private process project \
         proper properly property public put quick raise range read real really recent reduce \
         redundant reference regression related release replace request require required \
         requirement respect result return reuse right root rule run running safe same save \
         script second section see select send separate set setting should similar simple \
         simpler since single size skip slightly specific specify standard start state still \
         stop store string struct support sure switch symbol sys table take target text than \
         their them then there these they thing time too top track trait treat true try turn \
         two type unify unnecessary until unused use used useful useless user using value \
         variable version via want was way well what where whether which while who why will \
         within without word work workaround working would write wrong year yet you",
    )
});
