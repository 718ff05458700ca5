//! Which of a person's variants are known? The catalogue of known ones is a balanced tree over
//! their places in the genome; calls come sample by sample. Prints how many were found, by their
//! effect.

use truth::Random;

const KNOWN: usize = 7_000_000;
const SAMPLES: usize = 8;
const CALLS: usize = 130_000;
const NONE: u32 = u32::MAX;

#[derive(Clone, Copy)]
struct Known {
    place: u64,
    effect: u8,
    carriers: u16,
}

struct Node {
    known: Known,
    left: u32,
    right: u32,
}

/// Known variants, each in a node with those before it to the left and those behind to the right.
struct Catalogue {
    nodes: Vec<Node>,
    root: u32,
}

impl Catalogue {
    fn new(known: &[Known]) -> Catalogue {
        let mut catalogue = Catalogue { nodes: Vec::with_capacity(known.len()), root: NONE };
        catalogue.root = catalogue.grow(known);
        catalogue
    }

    fn grow(&mut self, known: &[Known]) -> u32 {
        if known.is_empty() {
            return NONE;
        }
        let middle = known.len() / 2;
        let left = self.grow(&known[..middle]);
        let right = self.grow(&known[middle + 1..]);
        self.nodes.push(Node { known: known[middle], left, right });
        (self.nodes.len() - 1) as u32
    }

    fn find(&self, place: u64) -> Option<&Known> {
        let mut at = self.root;
        while let Some(node) = self.nodes.get(at as usize) {
            if node.known.place == place {
                return Some(&node.known);
            }
            at = if place < node.known.place { node.left } else { node.right };
        }
        None
    }
}

struct Call {
    place: u64,
    quality: f32,
    reads: [u16; 2],
}

/// What a sequencer reports: mostly what is known, in the order in which reads were put together.
fn sample(known: &[Known], random: &mut Random) -> Vec<Call> {
    let calls = (0..CALLS).map(|_| {
        let known = known[random.below(known.len())];
        let place = known.place + u64::from(random.below(10) == 0);
        let quality = (random.unit() * 60.0) as f32;
        Call { place, quality, reads: [random.below(40) as u16, random.below(40) as u16] }
    });
    calls.collect()
}

/// How sure one may be of a call, by what the machine says and how reads are divided.
fn trusted(call: &Call) -> bool {
    let [first, second] = call.reads.map(f32::from);
    let depth = first + second;
    let balance = if depth > 0.0 { (second / depth - 0.5).abs() } else { 0.5 };
    call.quality * (1.0 - balance) > 4.0
}

fn main() {
    let mut random = Random::new(2_003);
    let mut place = 10_000;
    let known: Vec<Known> = (0..KNOWN)
        .map(|_| {
            place += 2 + random.below(800) as u64;
            let carriers = random.skewed(5_000) as u16;
            Known { place, effect: random.skewed(12) as u8, carriers }
        })
        .collect();
    let catalogue = Catalogue::new(&known);
    let mut effects = [0_u64; 12];
    let (mut carriers, mut unknown, mut doubtful) = (0_u64, 0, 0);
    for _ in 0..SAMPLES {
        for call in sample(&known, &mut random) {
            if !trusted(&call) {
                doubtful += 1;
                continue;
            }
            match catalogue.find(call.place) {
                Some(known) => {
                    effects[usize::from(known.effect)] += 1;
                    carriers += u64::from(known.carriers);
                }
                None => unknown += 1,
            }
        }
    }
    println!("{effects:?} by effect, {unknown} unknown, {doubtful} doubtful");
    println!("{carriers} carriers");
}
