//! The colours of the themes that have their own. What each has to hold, on every ground and for
//! eyes that lack red or green, is tested beside it.

/// A colour of an own theme: 24 bit, and the index of its nearest twin among the 256.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ink(pub(super) u32, pub(super) u8);

/// The inks of an own theme.
#[derive(Clone, Copy, Debug)]
pub(super) struct Palette {
    pub(super) ground: Ink,
    /// Under the selected row.
    pub(super) chosen: Ink,
    pub(super) text: Ink,
    pub(super) muted: Ink,
    pub(super) border: Ink,
    pub(super) band: Ink,
    pub(super) accent: Ink,
    pub(super) second: Ink,
    pub(super) worth: Ink,
    pub(super) failed: Ink,
    /// Categories, Okabe-Ito: told apart by every kind of eye, and a word says which is which.
    pub(super) kinds: [Ink; 5],
    /// Amounts, cividis, from little to much; lightness moves away from the ground.
    pub(super) ramp: [Ink; 5],
}

pub(super) const DARK: Palette = Palette {
    ground: Ink(0x0016_181D, 234),
    chosen: Ink(0x0027_435C, 24),
    text: Ink(0x00D9_DCE3, 253),
    muted: Ink(0x0098_A0AE, 247),
    border: Ink(0x004B_5363, 240),
    band: Ink(0x0023_2A35, 236),
    accent: Ink(0x0056_B4E9, 74),
    second: Ink(0x00CC_79A7, 175),
    worth: Ink(0x00E6_9F00, 178),
    failed: Ink(0x00FF_7B72, 210),
    kinds: [
        Ink(0x0000_9E73, 35),
        Ink(0x00E6_9F00, 178),
        Ink(0x0056_B4E9, 74),
        Ink(0x00CC_79A7, 175),
        Ink(0x0098_A0AE, 247),
    ],
    ramp: [
        Ink(0x006E_6C71, 242),
        Ink(0x008E_8978, 245),
        Ink(0x00B2_A874, 144),
        Ink(0x00DE_C85F, 185),
        Ink(0x00FD_EA45, 227),
    ],
};

pub(super) const LIGHT: Palette = Palette {
    ground: Ink(0x00FA_FAF7, 231),
    chosen: Ink(0x00CF_E3F3, 153),
    text: Ink(0x0023_272E, 235),
    muted: Ink(0x005C_6470, 241),
    border: Ink(0x00B4_BAC4, 249),
    band: Ink(0x00E4_E9F0, 254),
    accent: Ink(0x0000_72B2, 25),
    second: Ink(0x0098_4A79, 96),
    worth: Ink(0x00A3_4700, 130),
    failed: Ink(0x00B3_261E, 124),
    kinds: [
        Ink(0x0000_7F5C, 29),
        Ink(0x00B8_6E00, 130),
        Ink(0x0000_72B2, 25),
        Ink(0x0098_4A79, 96),
        Ink(0x005C_6470, 241),
    ],
    ramp: [
        Ink(0x0085_8077, 244),
        Ink(0x0069_6970, 242),
        Ink(0x004A_546C, 240),
        Ink(0x0021_3D6B, 237),
        Ink(0x0000_224D, 17),
    ],
};

pub(super) const CONTRAST: Palette = Palette {
    ground: Ink(0x0000_0000, 16),
    chosen: Ink(0x0017_3F66, 24),
    text: Ink(0x00FF_FFFF, 231),
    muted: Ink(0x00D0_D4DA, 252),
    border: Ink(0x009A_A0AA, 247),
    band: Ink(0x0026_2B33, 235),
    accent: Ink(0x005F_CBFF, 81),
    second: Ink(0x00FF_87AF, 211),
    worth: Ink(0x00FF_C633, 220),
    failed: Ink(0x00FF_9E94, 216),
    kinds: [
        Ink(0x002F_D6A3, 43),
        Ink(0x00FF_C633, 220),
        Ink(0x005F_CBFF, 81),
        Ink(0x00FF_87AF, 211),
        Ink(0x00D0_D4DA, 252),
    ],
    ramp: [
        Ink(0x0083_8188, 245),
        Ink(0x00A3_9E8B, 247),
        Ink(0x00C4_B97B, 144),
        Ink(0x00E6_D25F, 185),
        Ink(0x00FF_F04A, 227),
    ],
};

#[cfg(test)]
mod tests;
