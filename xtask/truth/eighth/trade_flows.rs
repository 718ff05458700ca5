//! What an economy's sectors need from each other, directly and by all detours.
//!
//! Invoices become a table of flows, flows become shares, and the shares' series says how much each
//! sector has to make for one more unit of another. Then scenarios of demand are run through it.

use truth::{Random, word};

const SECTORS: usize = 500;
const FIRMS: usize = 20_000;
const INVOICES: usize = 4_000_000;
const DOUBLINGS: usize = 6;
const SCENARIOS: usize = 2_500;

struct Invoice {
    seller: u32,
    buyer: u32,
    cents: u32,
}

/// A square table, row by row.
struct Table {
    size: usize,
    cells: Vec<f64>,
}

impl Table {
    fn of(size: usize, cell: impl Fn(usize, usize) -> f64) -> Table {
        let cells = (0..size * size).map(|at| cell(at / size, at % size)).collect();
        Table { size, cells }
    }

    fn at(&self, from: usize, to: usize) -> f64 {
        self.cells[from * self.size + to]
    }

    fn row(&self, from: usize) -> &[f64] {
        &self.cells[from * self.size..][..self.size]
    }

    fn with_own(&self) -> Table {
        Table::of(self.size, |from, to| self.at(from, to) + f64::from(u8::from(from == to)))
    }

    /// The flows by way of a third sector, summed over all thirds.
    fn onward(&self, next: &Table) -> Table {
        Table::of(self.size, |from, to| {
            (0..self.size).map(|third| self.at(from, third) * next.at(third, to)).sum()
        })
    }
}

fn invoices(random: &mut Random) -> Vec<Invoice> {
    (0..INVOICES)
        .map(|_| Invoice {
            seller: random.skewed(FIRMS) as u32,
            buyer: random.below(FIRMS) as u32,
            cents: 1_000 + random.skewed(9_000_000) as u32,
        })
        .collect()
}

fn flows(invoices: &[Invoice], sector_of: &[u16]) -> Table {
    let mut table = Table::of(SECTORS, |_, _| 0.0);
    for invoice in invoices {
        let from = usize::from(sector_of[invoice.seller as usize]);
        let to = usize::from(sector_of[invoice.buyer as usize]);
        table.cells[from * SECTORS + to] += f64::from(invoice.cents) / 100.0;
    }
    table
}

/// How much of each sector's inputs comes from each other one; the rest is wages.
fn shares(flows: &Table) -> Table {
    let mut bought = vec![0.0; SECTORS];
    for from in 0..SECTORS {
        for (bought, flow) in bought.iter_mut().zip(flows.row(from)) {
            *bought += flow;
        }
    }
    Table::of(SECTORS, |from, to| 0.6 * flows.at(from, to) / bought[to].max(1.0))
}

/// The sum of all powers of the shares, twice as many of them in each round.
fn requirements(shares: &Table) -> Table {
    let mut sum = shares.with_own();
    let mut power = shares.onward(shares);
    for _ in 1..DOUBLINGS {
        sum = sum.onward(&power.with_own());
        power = power.onward(&power);
    }
    sum
}

/// The sellers' concentration in each sector: the sum of squared shares.
fn concentration(invoices: &[Invoice], sector_of: &[u16]) -> Vec<f64> {
    let mut sold = vec![0_u64; FIRMS];
    for invoice in invoices {
        sold[invoice.seller as usize] += u64::from(invoice.cents);
    }
    let mut whole = vec![0.0; SECTORS];
    let mut squares = vec![0.0; SECTORS];
    for (sold, &sector) in sold.iter().zip(sector_of) {
        let sold = *sold as f64;
        whole[usize::from(sector)] += sold;
        squares[usize::from(sector)] += sold * sold;
    }
    squares.iter().zip(&whole).map(|(squares, whole)| squares / (whole * whole).max(1.0)).collect()
}

/// Output of all sectors that a demand asks for, added up row by row.
fn output(requirements: &Table, demand: &[f64], output: &mut [f64]) {
    output.fill(0.0);
    for (to, wanted) in demand.iter().enumerate() {
        for (output, needed) in output.iter_mut().zip(requirements.row(to)) {
            *output += wanted * needed;
        }
    }
}

/// How often each sector was the one that had to grow most.
fn bottlenecks(requirements: &Table, random: &mut Random) -> Vec<u32> {
    let mut times = vec![0; SECTORS];
    let mut demand = vec![0.0; SECTORS];
    let mut made = vec![0.0; SECTORS];
    for _ in 0..SCENARIOS {
        for wanted in &mut demand {
            *wanted = random.unit() * random.unit();
        }
        output(requirements, &demand, &mut made);
        let most = (0..SECTORS).max_by(|&a, &b| made[a].total_cmp(&made[b]));
        times[most.expect("a sector")] += 1;
    }
    times
}

fn main() {
    let mut random = Random::new(801);
    let sector_of: Vec<u16> = (0..FIRMS).map(|_| random.skewed(SECTORS) as u16).collect();
    let mut invoices = invoices(&mut random);
    let flows = flows(&invoices, &sector_of);
    let concentration = concentration(&invoices, &sector_of);
    let requirements = requirements(&shares(&flows));
    let times = bottlenecks(&requirements, &mut random);

    invoices.sort_unstable_by_key(|invoice| (invoice.cents, invoice.seller, invoice.buyer));
    let middle = &invoices[invoices.len() / 2];
    println!("middle invoice: {} of firm {}", middle.cents, middle.seller);

    let mut sectors: Vec<usize> = (0..SECTORS).collect();
    sectors.sort_by_key(|&sector| (std::cmp::Reverse(times[sector]), sector));
    for &sector in &sectors[..8] {
        let needs: f64 = requirements.row(sector).iter().sum();
        println!(
            "{:12} first in {:4} scenarios, {needs:.6} needed, concentration {:.5}",
            word(sector),
            times[sector],
            concentration[sector]
        );
    }
}
