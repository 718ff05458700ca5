//! Prices what went over the tills of a wholesale chain, with the coupons that are best for each
//! customer.

use truth::Random;

const GOODS: usize = 24_000_000;
const BASKETS: usize = 110_000;
const ITEMS: usize = 12;
const COUPONS: usize = 12;

/// All goods that were ever sold, by their codes.
struct Catalogue {
    codes: Vec<u64>,
}

/// So many cents off the goods of some departments, if they come to enough.
struct Coupon {
    departments: u32,
    least: u32,
    off: u32,
}

#[derive(Default)]
struct Day {
    cents: u64,
    off: u64,
    unknown: u64,
    sold: [u64; 32],
}

impl Catalogue {
    /// Where a code stands.
    fn place(&self, code: u64) -> Option<usize> {
        self.codes.binary_search(&code).ok()
    }

    fn made() -> Catalogue {
        let mut random = Random::new(13);
        let mut code = 1_000_000_000;
        let mut next = || {
            code += 1 + random.number() % 400;
            code
        };
        Catalogue { codes: (0..GOODS).map(|_| next()).collect() }
    }
}

/// Goods stand in the catalogue by department; prices follow from the place there.
fn price(place: usize) -> (usize, u32) {
    let department = place / (GOODS / 32 + 1);
    (department, 49 + (place as u32).wrapping_mul(2_654_435_761) % 2_000)
}

/// The most that a set of coupons takes off a basket, none used for goods of another one.
fn best_coupons(coupons: &[Coupon], spent: &[u32; 32]) -> u32 {
    let mut worth = [0; COUPONS];
    for (worth, coupon) in worth.iter_mut().zip(coupons) {
        let enough = (0..32).filter(|department| coupon.departments >> department & 1 == 1);
        let cents: u32 = enough.map(|department| spent[department]).sum();
        *worth = if cents >= coupon.least { coupon.off.min(cents) } else { 0 };
    }
    let mut best = 0;
    let mut departments = [0; 1 << COUPONS];
    let mut off = [0; 1 << COUPONS];
    for set in 1..1_usize << COUPONS {
        let coupon = set.trailing_zeros() as usize;
        let rest = set & (set - 1);
        let apart = departments[rest] & coupons[coupon].departments == 0;
        departments[set] = departments[rest] | coupons[coupon].departments;
        off[set] = if apart { off[rest] + worth[coupon] } else { 0 };
        best = best.max(off[set]);
    }
    best
}

fn checked_out(catalogue: &Catalogue, coupons: &[Coupon], basket: &[u64; ITEMS], day: &mut Day) {
    let mut spent = [0; 32];
    for &code in basket {
        let Some(place) = catalogue.place(code) else {
            day.unknown += 1;
            continue;
        };
        let (department, cents) = price(place);
        spent[department] += cents;
        day.sold[department] += 1;
    }
    let cents: u32 = spent.iter().sum();
    let off = best_coupons(coupons, &spent).min(cents);
    day.cents += u64::from(cents - off);
    day.off += u64::from(off);
}

fn coupons(random: &mut Random) -> Vec<Coupon> {
    let mut coupon = |_| Coupon {
        departments: (0..4).fold(0, |departments, _| departments | 1 << random.below(32)),
        least: 300 + random.below(2_500) as u32,
        off: 50 + random.below(500) as u32,
    };
    (0..COUPONS).map(&mut coupon).collect()
}

fn main() {
    let catalogue = Catalogue::made();
    let mut random = Random::new(14);
    let coupons = coupons(&mut random);
    let mut day = Day::default();
    for _ in 0..BASKETS {
        let basket = [(); ITEMS].map(|()| {
            let code = catalogue.codes[0] + random.number() % (GOODS as u64 * 200);
            // Most codes were read from a package, and some were typed in.
            let typed = random.below(10) == 0;
            if typed { code } else { catalogue.codes[random.below(GOODS)] }
        });
        checked_out(&catalogue, &coupons, &basket, &mut day);
    }
    let most = (0..32).max_by_key(|&department| day.sold[department]).unwrap_or(0);
    println!("{} cents, {} off, {} codes unknown", day.cents, day.off, day.unknown);
    println!("department {most} sold {}", day.sold[most]);
}
