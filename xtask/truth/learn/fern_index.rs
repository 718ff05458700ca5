//! Ferns by the places where they grow: pairs of numbers are counted in a table of a hand that
//! somebody wrote. Prints the commonest pair.

use truth::{Random, word};

/// Chains of names and counts.
struct Table {
    chains: Vec<Vec<(String, u32)>>,
}

fn place(name: &str, many: usize) -> usize {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in name.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    (hash % many as u64) as usize
}

impl Table {
    fn count(&mut self, name: &str) {
        let at = place(name, self.chains.len());
        let chain = &mut self.chains[at];
        match chain.iter_mut().find(|(of, _)| of == name) {
            Some((_, count)) => *count += 1,
            None => chain.push((name.to_string(), 1)),
        }
    }
}

/// How moist a place is: steps of a walk.
fn moist(random: &mut Random) -> u32 {
    let mut moist = 500_u32;
    for _ in 0..40 {
        let bits = random.number();
        moist = (moist + (bits >> 60) as u32).saturating_sub(7).min(1_000);
    }
    moist
}

fn main() {
    let mut random = Random::new(1_752);
    let names: Vec<String> =
        (0..3_000).map(|at| format!("{} {} {}", word(at), word(at * 31), word(at * 7))).collect();
    let mut table = Table { chains: (0..512).map(|_| Vec::new()).collect() };
    let mut sum = 0;
    for _ in 0..11_000_000 {
        table.count(&names[random.below(names.len())]);
        sum ^= moist(&mut random);
    }
    let most = table.chains.iter().flatten().max_by_key(|(_, count)| *count);
    println!("{most:?} {sum}");
}
