//! Moments drawn by chance, the same ones for the same seed.

use std::time::Duration;

/// A generator (SplitMix64), whose seed is printed with the figures.
pub struct Chance(u64);

impl Chance {
    /// The seed that `TIDINGS_SEED` names, or this one.
    pub fn new(seed: u64) -> Chance {
        let named = std::env::var("TIDINGS_SEED").ok().and_then(|seed| seed.parse().ok());
        Chance(named.unwrap_or(seed))
    }

    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }

    /// Waits for between so many milliseconds.
    pub async fn moment(&mut self, from: u64, to: u64) {
        tokio::time::sleep(Duration::from_millis(from + self.below(to - from))).await;
    }

    /// One of several.
    pub fn of<T: Copy>(&mut self, several: &[T]) -> T {
        several[self.below(several.len() as u64) as usize]
    }
}
