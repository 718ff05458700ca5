//! Offers that are rejected, each with its reason in words.

use truth::{Random, word};

struct Offer {
    name: String,
    price: u32,
    size: u32,
}

fn judged(offer: &Offer, limit: u32) -> (bool, String) {
    let reason =
        format!("{} costs {} for {}, limit {}", offer.name, offer.price, offer.size, limit);
    (offer.price / offer.size.max(1) < limit, reason)
}

fn main() {
    let mut random = Random::new(3);
    let offers: Vec<Offer> = (0..20_000)
        .map(|n| Offer {
            name: word(n),
            price: random.below(10_000) as u32,
            size: random.below(100) as u32,
        })
        .collect();
    let mut shown = 0usize;
    let mut good = 0;
    for limit in 0..500 {
        let mut first: Option<String> = None;
        for offer in &offers {
            let (fine, reason) = judged(offer, limit % 50);
            if fine {
                good += 1;
            } else if first.is_none() {
                first = Some(reason);
            }
        }
        shown += first.map_or(0, |reason| reason.len());
    }
    println!("{shown} {good}");
}
