//! The randomness of the job: the same in every process, and without the bench harness.

/// What strings and bodies are cut from.
pub const TEXT: &str = "the quick brown fox jumps over the lazy dog, and does it once mo";

/// Numbers that look random (splitmix64, Steele, Lea and Flood, 2014), the same in each process.
#[derive(Debug)]
pub struct Draws(pub u64);

impl Draws {
    /// Any of all.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// One below the limit, each as likely.
    pub fn below(&mut self, limit: u64) -> u64 {
        ((self.draw() >> 32) * limit) >> 32
    }

    /// A string of three to sixty-two bytes, mostly some ten.
    pub fn string(&mut self) -> String {
        let len = 3 + self.below(8) + self.below(8) + (self.below(4) / 3) * self.below(46);
        TEXT[..len as usize].to_owned()
    }
}
