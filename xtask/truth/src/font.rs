//! A font's measures, as a small crate of typesetting would offer them.

/// What is known of a character.
#[derive(Clone, Copy)]
struct Glyph {
    advance: u32,
    /// How much nearer the next one may stand, by its shape.
    kerning: [u32; 4],
    shape: u8,
}

/// A font of Latin letters, in one size.
pub struct Font {
    glyphs: Vec<Glyph>,
    monospaced: Option<u32>,
}

impl Font {
    /// A font whose measures follow from the seed.
    pub fn new(seed: u64) -> Font {
        let mut random = crate::Random::new(seed);
        let glyph = |_| Glyph {
            advance: 400 + random.below(300) as u32,
            kerning: std::array::from_fn(|_| random.below(40) as u32),
            shape: random.below(4) as u8,
        };
        Font { glyphs: (0..128).map(glyph).collect(), monospaced: None }
    }

    /// How far the next character stands from a character's left edge.
    pub fn advance(&self, character: u8, next: u8) -> u32 {
        assert!(character.is_ascii() && next.is_ascii(), "{character} and {next} have no glyphs");
        if let Some(width) = self.monospaced {
            return width;
        }
        let glyph = self.glyphs[usize::from(character)];
        let shape = self.glyphs[usize::from(next)].shape;
        glyph.advance - glyph.kerning[usize::from(shape)]
    }
}
