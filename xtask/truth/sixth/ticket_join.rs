//! Evaluates a festival's tickets: joins what was scanned at the gates with what was sold, and says
//! of each kind of ticket how many came, how early, and what they paid.

use truth::Random;

#[derive(Clone, Copy)]
struct Sale {
    ticket: u32,
    cents: u32,
}

#[derive(Clone, Copy)]
struct Scan {
    ticket: u32,
    minute: u32,
}

/// Kinds of tickets, by the last digits of their numbers.
const KINDS: usize = 16;

/// Sales by ticket: those whose tickets share a hash lie side by side.
struct Sold {
    /// Where the tickets of each hash begin.
    starts: Vec<u32>,
    sales: Vec<Sale>,
    shift: u32,
}

fn hash(ticket: u32, shift: u32) -> usize {
    (ticket.wrapping_mul(0x9e37_79b1) >> shift) as usize
}

impl Sold {
    /// Room for all is made once: tickets are counted by their hash, then put in place.
    fn new(sales: &[Sale]) -> Sold {
        let bits = (sales.len() / 2).max(2).ilog2();
        let shift = 32 - bits;
        let mut starts = vec![0u32; (1 << bits) + 1];
        for sale in sales {
            starts[hash(sale.ticket, shift) + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut placed = vec![Sale { ticket: 0, cents: 0 }; sales.len()];
        for sale in sales {
            let next = &mut next[hash(sale.ticket, shift)];
            placed[*next as usize] = *sale;
            *next += 1;
        }
        Sold { starts, sales: placed, shift }
    }

    fn find(&self, ticket: u32) -> Option<Sale> {
        let hash = hash(ticket, self.shift);
        let slot = self.starts[hash] as usize..self.starts[hash + 1] as usize;
        self.sales[slot].iter().copied().find(|sale| sale.ticket == ticket)
    }
}

fn sales(count: usize) -> Vec<Sale> {
    let mut random = Random::new(1969);
    let sale = |number: usize| Sale {
        ticket: (number as u32).wrapping_mul(48_271) ^ 0x5a5a,
        cents: 2000 + random.below(90) as u32 * 100,
    };
    (0..count).map(sale).collect()
}

fn scans(sales: &[Sale], count: usize, random: &mut Random) -> Vec<Scan> {
    let scan = |_| {
        let ticket = sales[random.below(sales.len())].ticket;
        let forged = random.below(200) == 0;
        let ticket = if forged { ticket.wrapping_add(0x0100_0007) } else { ticket };
        Scan { ticket, minute: 600 + random.below(400) as u32 }
    };
    (0..count).map(scan).collect()
}

#[derive(Clone, Copy, Default)]
struct Kind {
    came: u64,
    minutes: u64,
    cents: u64,
}

/// Parts of the tickets, small enough that a part's table stays in the cache.
const PARTS: usize = 32;

fn part(ticket: u32) -> usize {
    (ticket.wrapping_mul(0x85eb_ca6b) >> 27) as usize
}

fn divide<T: Copy>(rows: &[T], parts: &mut [Vec<T>], ticket: impl Fn(&T) -> u32) {
    parts.iter_mut().for_each(Vec::clear);
    for row in rows {
        parts[part(ticket(row))].push(*row);
    }
}

fn main() {
    let sales = sales(1_000_000);
    let mut random = Random::new(1970);
    let mut sold: Vec<Vec<Sale>> = (0..PARTS).map(|_| Vec::with_capacity(40_000)).collect();
    let mut scanned: Vec<Vec<Scan>> = (0..PARTS).map(|_| Vec::with_capacity(80_000)).collect();
    divide(&sales, &mut sold, |sale| sale.ticket);
    let sold: Vec<Sold> = sold.iter().map(|sales| Sold::new(sales)).collect();
    let mut kinds = [Kind::default(); KINDS];
    let mut forged = 0;
    for _ in 0..16 {
        let scans = scans(&sales, 2_000_000, &mut random);
        divide(&scans, &mut scanned, |scan| scan.ticket);
        for (sold, scans) in sold.iter().zip(&scanned) {
            for scan in scans {
                let Some(sale) = sold.find(scan.ticket) else {
                    forged += 1;
                    continue;
                };
                let kind = &mut kinds[scan.ticket as usize % KINDS];
                kind.came += 1;
                kind.minutes += u64::from(scan.minute);
                kind.cents += u64::from(sale.cents);
            }
        }
    }
    for kind in &kinds[..4] {
        let minute = kind.minutes / kind.came.max(1);
        println!("{} came, at minute {minute}, for {} cents", kind.came, kind.cents);
    }
    println!("{forged} were forged");
}
