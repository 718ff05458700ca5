//! Joins orders with customers by number and sums up by region: one table is indexed, the other one
//! streams past it.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use truth::Random;

/// Multiplies and folds: enough for numbers that nobody chose to annoy us.
#[derive(Default)]
struct FoldHasher(u64);

impl std::hash::Hasher for FoldHasher {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u64(u64::from(byte)));
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        let product = u128::from(self.0 ^ number) * 0x9e37_79b9_7f4a_7c15_u128;
        self.0 = (product >> 64) as u64 ^ product as u64;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

type FastMap<K, V> = HashMap<K, V, BuildHasherDefault<FoldHasher>>;

struct Customer {
    region: u8,
    discount: u8,
}

struct Order {
    customer: u32,
    cents: u32,
    day: u16,
}

fn customers(count: usize) -> FastMap<u32, Customer> {
    let mut random = Random::new(301);
    let mut customers = FastMap::default();
    customers.reserve(count);
    for number in 0..count {
        let customer =
            Customer { region: random.below(16) as u8, discount: random.skewed(30) as u8 };
        customers.insert(number as u32 * 7 + 1_000, customer);
    }
    customers
}

/// Orders in eleven bytes each, as they come from a file.
fn orders(count: usize) -> Vec<u8> {
    let mut random = Random::new(302);
    let mut bytes = Vec::with_capacity(count * 11);
    for _ in 0..count {
        let customer = random.below(400_000) as u32 * 7 + 1_000;
        bytes.extend_from_slice(&customer.to_le_bytes());
        bytes.extend_from_slice(&(random.skewed(90_000) as u32).to_le_bytes());
        bytes.extend_from_slice(&(random.below(365) as u16).to_le_bytes());
        bytes.push(b'\n');
    }
    bytes
}

fn order(record: &[u8]) -> Order {
    let four = |at: usize| u32::from_le_bytes(record[at..at + 4].try_into().unwrap());
    Order { customer: four(0), cents: four(4), day: u16::from_le_bytes([record[8], record[9]]) }
}

fn main() {
    let customers = customers(300_000);
    let bytes = orders(2_000_000);
    let mut sums = [[0u64; 12]; 16];
    let mut unknown = 0;
    for _ in 0..28 {
        for record in bytes.chunks_exact(11) {
            let order = order(record);
            let Some(customer) = customers.get(&order.customer) else {
                unknown += 1;
                continue;
            };
            let month = usize::from(order.day / 31).min(11);
            let cents = u64::from(order.cents) * u64::from(100 - customer.discount) / 100;
            sums[usize::from(customer.region)][month] += cents;
        }
    }
    let best = (0..16).max_by_key(|&region| sums[region].iter().sum::<u64>());
    println!("{unknown} unknown, best region {best:?}");
}
