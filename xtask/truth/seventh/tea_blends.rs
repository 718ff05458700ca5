//! Sorts teas by what was measured of them, into as many blends as are wanted: each tea goes to the
//! nearest blend, each blend becomes the mean of its teas, and so on. How many things were measured
//! stands in the table's first line.

use truth::Random;

const TEAS: usize = 120_000;
const BLENDS: usize = 14;
const HARVESTS: usize = 11;
const ROUNDS: usize = 10;

struct Table {
    measures: usize,
    values: Vec<f32>,
}

impl Table {
    /// A table as the laboratory sends it: the names of the measures, then a line for each tea.
    fn read(head: &str, random: &mut Random) -> Table {
        let measures = head.split(',').count();
        let mut values = Vec::with_capacity(TEAS * measures);
        for _ in 0..TEAS {
            let kind = random.below(BLENDS) as f32;
            values.extend((0..measures).map(|measure| {
                (kind * (measure + 3) as f32 * 0.37).sin() + random.unit() as f32 * 0.8
            }));
        }
        Table { measures, values }
    }

    fn teas(&self) -> impl Iterator<Item = &[f32]> {
        self.values.chunks_exact(self.measures)
    }
}

/// How different a tea is from a blend.
fn distance(tea: &[f32], blend: &[f32]) -> f32 {
    tea.iter().zip(blend).map(|(tea, blend)| (tea - blend) * (tea - blend)).sum()
}

/// The blend that is nearest to a tea, and how near.
fn nearest(tea: &[f32], blends: &[f32]) -> (usize, f32) {
    let mut best = (0, f32::INFINITY);
    for (number, blend) in blends.chunks_exact(tea.len()).enumerate() {
        let distance = distance(tea, blend);
        if distance < best.1 {
            best = (number, distance);
        }
    }
    best
}

struct Blending {
    blends: Vec<f32>,
    members: Vec<u32>,
    apart: f64,
}

impl Blending {
    fn new(table: &Table, random: &mut Random) -> Blending {
        let chosen = (0..BLENDS).flat_map(|_| {
            let tea = random.below(TEAS) * table.measures;
            &table.values[tea..tea + table.measures]
        });
        Blending { blends: chosen.copied().collect(), members: vec![0; BLENDS], apart: 0.0 }
    }

    /// Sends each tea to its blend, and makes each blend the mean of its teas.
    fn round(&mut self, table: &Table) {
        let mut sums = vec![0.0_f64; self.blends.len()];
        self.members.fill(0);
        self.apart = 0.0;
        for tea in table.teas() {
            let (blend, distance) = nearest(tea, &self.blends);
            self.members[blend] += 1;
            self.apart += f64::from(distance);
            let sums = &mut sums[blend * table.measures..][..table.measures];
            for (sum, &value) in sums.iter_mut().zip(tea) {
                *sum += f64::from(value);
            }
        }
        let counts = self.members.iter().flat_map(|&count| vec![count; table.measures]);
        for ((blend, sum), count) in self.blends.iter_mut().zip(sums).zip(counts) {
            if count > 0 {
                *blend = (sum / f64::from(count)) as f32;
            }
        }
    }
}

/// The quartiles of each measure, by which the taster begins.
fn quartiles(table: &Table) -> Vec<[f32; 3]> {
    let quartiles = |measure: usize| {
        let mut column: Vec<f32> = table.teas().map(|tea| tea[measure]).collect();
        let (low, &mut median, high) = column.select_nth_unstable_by(TEAS / 2, f32::total_cmp);
        let [low, high] = [low, high].map(|half| {
            let middle = half.len() / 2;
            *half.select_nth_unstable_by(middle, f32::total_cmp).1
        });
        [low, median, high]
    };
    (0..table.measures).map(quartiles).collect()
}

fn main() {
    let mut random = Random::new(1_773);
    let heads = ["red,green,blue", "tannin,caffeine,theanine,moisture,ash,dust,ph"];
    for head in heads.iter().cycle().take(2 * HARVESTS) {
        let table = Table::read(head, &mut random);
        let mut blending = Blending::new(&table, &mut random);
        for _ in 0..ROUNDS {
            blending.round(&table);
        }
        blending.members.sort_unstable();
        println!("{:?} teas, {:.1} apart", blending.members, blending.apart);
        println!("  quartiles {:.2?}", quartiles(&table));
    }
}
