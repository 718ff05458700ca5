//! Breaks paragraphs into lines for a newspaper's narrow columns, so that the worst gaps are as
//! small as they can be: of all ways to break a paragraph, the one with the least sum of squares is
//! taken.

use truth::text;

const COLUMN: usize = 34;
const WIDEST: usize = COLUMN;

/// The words of a paragraph: where each begins and how wide it is.
#[derive(Default)]
struct Words {
    starts: Vec<u32>,
    widths: Vec<u32>,
}

impl Words {
    fn read(&mut self, paragraph: &str) {
        self.starts.clear();
        self.widths.clear();
        let mut at = 0;
        for word in paragraph.split(' ') {
            if !word.is_empty() {
                self.starts.push(at);
                self.widths.push(word.len() as u32);
            }
            at += word.len() as u32 + 1;
        }
    }
}

/// The best way to set the words from each one to the end.
#[derive(Default)]
struct Plan {
    cost: Vec<u32>,
    next: Vec<u32>,
}

impl Plan {
    fn make(&mut self, words: &Words) {
        let count = words.widths.len();
        self.cost.clear();
        self.cost.resize(count + 1, 0);
        self.next.clear();
        self.next.resize(count + 1, count as u32);
        for first in (0..count).rev() {
            let mut best = (u32::MAX, count);
            let mut width = 0;
            for last in first..count {
                width += words.widths[last] as usize + usize::from(last > first);
                if width > WIDEST && last > first {
                    break;
                }
                let gap = WIDEST.saturating_sub(width) as u32;
                // The last line may be short.
                let gap = if last + 1 == count { 0 } else { gap * gap };
                best = best.min((self.cost[last + 1] + gap, last + 1));
            }
            (self.cost[first], self.next[first]) = (best.0, best.1 as u32);
        }
    }
}

/// Writes the lines of a paragraph, each filled with blanks to the column's width.
fn set(paragraph: &str, words: &Words, plan: &Plan, column: &mut String) -> usize {
    let (mut first, mut lines) = (0, 0);
    while first < words.widths.len() {
        let next = plan.next[first] as usize;
        let letters: u32 = words.widths[first..next].iter().sum();
        let gaps = next - first - 1;
        let mut blanks = COLUMN.saturating_sub(letters as usize);
        if next == words.widths.len() {
            blanks = blanks.min(gaps);
        }
        for word in first..next {
            let start = words.starts[word] as usize;
            column.push_str(&paragraph[start..start + words.widths[word] as usize]);
            let left = next - 1 - word;
            if left > 0 {
                let here = blanks.div_ceil(left);
                column.push_str(&"                                                "[..here]);
                blanks -= here;
            }
        }
        column.push('\n');
        lines += 1;
        first = next;
    }
    lines
}

fn main() {
    let article = text(14_000_000, 20_000, 1_605);
    let paragraphs: Vec<String> =
        article.split_terminator('\n').map(str::to_owned).collect::<Vec<_>>();
    let (mut words, mut plan, mut column) = (Words::default(), Plan::default(), String::new());
    let (mut lines, mut cost, mut rivers) = (0, 0_u64, 0_u64);
    // Ten lines of the article make a paragraph.
    for ten in paragraphs.chunks(10) {
        let paragraph = ten.join(" ");
        words.read(&paragraph);
        plan.make(&words);
        cost += u64::from(plan.cost[0]);
        column.clear();
        lines += set(&paragraph, &words, &plan, &mut column);
        rivers += column.as_bytes().windows(3).filter(|three| three == b"   ").count() as u64;
    }
    println!("{lines} lines, cost {cost}, {rivers} wide gaps");
}
