//! Benchmarks that are wrong, each with its fault. None of them is anybody's: they were written for
//! this.

/// A benchmark with a fault.
pub struct Flawed {
    /// What is shown.
    pub code: &'static str,
    /// What is wrong with it.
    pub fault: Fault,
    /// What somebody might say as well, and so is not offered.
    pub also: &'static [Fault],
}

/// What can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The compiler leaves out what nobody reads.
    Unused,
    /// The compiler knows the input.
    Constant,
    /// Something else is timed as well.
    Setup,
    /// The predictor knows the input.
    ByHeart,
    /// One after the other, while the machine changes.
    Drift,
    /// Without optimization.
    Debug,
    /// The clock takes longer than the call.
    Clock,
    /// After the first call there is nothing left to do.
    Done,
    /// Nothing was computed: an iterator that nobody walks.
    Lazy,
    /// The two do not compute the same.
    Different,
    /// One number for what differs from run to run.
    Once,
    /// What is printed is timed.
    Printing,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Unused,
        Self::Constant,
        Self::Setup,
        Self::ByHeart,
        Self::Drift,
        Self::Debug,
        Self::Clock,
        Self::Done,
        Self::Lazy,
        Self::Different,
        Self::Once,
        Self::Printing,
    ];

    /// As an answer.
    pub fn says(self) -> &'static str {
        match self {
            Self::Unused => "nobody uses the result, so the compiler may leave the work out",
            Self::Constant => "the compiler knows the input and can compute the result itself",
            Self::Setup => "making the input is timed as well, and takes much of the time",
            Self::ByHeart => {
                "one small input comes again and again, so that the branch predictor knows it"
            }
            Self::Drift => {
                "all of one is timed before all of the other, so that a change of the machine \
                 looks like a difference of the code"
            }
            Self::Debug => "it is built without optimization",
            Self::Clock => "reading the clock takes longer than what is timed",
            Self::Done => "the first call changes the input, and the others find the work done",
            Self::Lazy => "only an iterator is made, and nobody walks it",
            Self::Different => "the two do not compute the same",
            Self::Once => "a single time of each is compared, without knowing how times differ",
            Self::Printing => "what is printed is timed as well",
        }
    }

    /// What would be better.
    pub fn instead(self) -> &'static str {
        match self {
            Self::Unused => "Hand the result to `black_box`, or add the results up and print them.",
            Self::Constant => "Hand the input to `black_box`, or make it from a seed at run time.",
            Self::Setup => "Make the input before the clock starts.",
            Self::ByHeart => "Let many inputs take turns.",
            Self::Drift => "Let both take turns in short rounds.",
            Self::Debug => "Build as users do: `cargo run --release`.",
            Self::Clock => "Time many calls at once, and divide.",
            Self::Done => "Give every call a fresh copy, made outside the timed region.",
            Self::Lazy => "Use up the iterator: `sum`, `count`, `for_each`.",
            Self::Different => "Hold the results against each other before anything is timed.",
            Self::Once => "Repeat both, in several processes, and compare with an interval.",
            Self::Printing => {
                "Keep what is to be printed, and print it after the clock has stopped."
            }
        }
    }
}

/// The benchmarks, at least one for each fault.
pub const BANK: &[Flawed] = &[
    Flawed {
        code: "let words = words_of_book();\n\
               let rounds = 1_000;\n\
               let start = Instant::now();\n\
               for _ in 0..rounds {\n    \
                   words.iter().map(|word| word.len()).sum::<usize>();\n\
               }\n\
               println!(\"{:?} a round\", start.elapsed() / rounds);",
        fault: Fault::Unused,
        also: &[Fault::ByHeart, Fault::Once],
    },
    Flawed {
        code: "fn triangle(n: u64) -> u64 {\n    (1..=n).sum()\n}\n\n\
               let start = Instant::now();\n\
               for _ in 0..1_000_000 {\n    black_box(triangle(1_000));\n}\n\
               println!(\"{:?} for a million sums\", start.elapsed());",
        fault: Fault::Constant,
        also: &[Fault::ByHeart, Fault::Once],
    },
    Flawed {
        code: "for rounds in 0..100 {\n    \
                   let start = Instant::now();\n    \
                   let keys: Vec<String> = (0..n).map(|i| format!(\"key {i}\")).collect();\n    \
                   let map: HashMap<_, _> = keys.iter().map(|k| (&**k, k.len())).collect();\n    \
                   black_box(map.get(\"key 7\"));\n    \
                   lookups.push(start.elapsed());\n\
               }\n\
               println!(\"a lookup takes {:?}\", median(&mut lookups));",
        fault: Fault::Setup,
        also: &[Fault::ByHeart],
    },
    Flawed {
        code: "let row = [3, 250, 17, 99, 180, 4, 201, 66]; // bytes, in no order\n\
               let start = Instant::now();\n\
               for _ in 0..1_000_000 {\n    \
                   let large = black_box(row).iter().filter(|byte| **byte > 127).count();\n    \
                   black_box(large);\n\
               }\n\
               println!(\"{:?} for a million rows\", start.elapsed());",
        fault: Fault::ByHeart,
        also: &[Fault::Once, Fault::Constant],
    },
    Flawed {
        code: "let old: Vec<_> = (0..10_000).map(|at| time(|| parse_old(&inputs[at]))).collect();\n\
               let new: Vec<_> = (0..10_000).map(|at| time(|| parse_new(&inputs[at]))).collect();\n\
               assert!((0..10_000).all(|at| parse_old(&inputs[at]) == parse_new(&inputs[at])));\n\
               println!(\"old {:?}, new {:?}\", median(old), median(new));",
        fault: Fault::Drift,
        also: &[Fault::Once, Fault::Clock, Fault::Unused],
    },
    Flawed {
        code: "// $ cargo run -- --rows 1000000\n\
               let table = Table::from_seed(rows, 7);\n\
               let start = Instant::now();\n\
               let found = black_box(table.select(black_box(&query)));\n\
               println!(\"{} rows in {:?}\", found.len(), start.elapsed());",
        fault: Fault::Debug,
        also: &[Fault::Once],
    },
    Flawed {
        code: "let mut total = Duration::ZERO;\n\
               for (a, b) in &pairs {\n    \
                   let start = Instant::now();\n    \
                   black_box(black_box(*a) + black_box(*b));\n    \
                   total += start.elapsed();\n\
               }\n\
               println!(\"an addition takes {:?}\", total / pairs.len() as u32);",
        fault: Fault::Clock,
        also: &[Fault::Once],
    },
    Flawed {
        code: "let mut numbers = random_numbers(1_000_000, seed);\n\
               let mut times = Vec::new();\n\
               for _ in 0..50 {\n    \
                   let start = Instant::now();\n    \
                   black_box(&mut numbers).sort();\n    \
                   times.push(start.elapsed());\n\
               }\n\
               println!(\"sorting random numbers takes {:?}\", median(&mut times));",
        fault: Fault::Done,
        also: &[Fault::ByHeart],
    },
    Flawed {
        code: "let start = Instant::now();\n\
               for text in &texts {\n    \
                   let words = text.split(' ').map(str::to_uppercase);\n    \
                   black_box(words);\n\
               }\n\
               println!(\"{:?} for {} texts\", start.elapsed(), texts.len());",
        fault: Fault::Lazy,
        also: &[Fault::Once, Fault::Unused],
    },
    Flawed {
        code: "let by_scan = |key| rows.iter().find(|row| row.key == *key).map(|row| row.id);\n\
               let by_map: HashMap<_, _> = rows.iter().map(|row| (row.key, row.id)).collect();\n\
               // keys come several times in `rows`, with different ids\n\
               for round in 0..30 {\n    \
                   scan.push(time(|| keys.iter().filter_map(by_scan).sum::<u64>()));\n    \
                   map.push(time(|| keys.iter().filter_map(|key| by_map.get(key)).sum::<u64>()));\n\
               }\n\
               println!(\"{}\", ratio_with_interval(&scan, &map));",
        fault: Fault::Different,
        also: &[Fault::ByHeart, Fault::Setup, Fault::Unused],
    },
    Flawed {
        code: "let (one, other) = (tree.clone(), tree);\n\
               let start = Instant::now();\n\
               let depth = black_box(depth_recursive(black_box(&one)));\n\
               let recursive = start.elapsed();\n\
               let start = Instant::now();\n\
               assert_eq!(depth, black_box(depth_with_stack(black_box(&other))));\n\
               let with_stack = start.elapsed();\n\
               println!(\"{:.3} times\", recursive.as_secs_f64() / with_stack.as_secs_f64());",
        fault: Fault::Once,
        also: &[Fault::Drift],
    },
    Flawed {
        code: "let mut times = Vec::new();\n\
               for input in &inputs {\n    \
                   let start = Instant::now();\n    \
                   for prime in primes_below(black_box(*input)) {\n        \
                       println!(\"{prime}\");\n    \
                   }\n    \
                   times.push(start.elapsed());\n\
               }\n\
               eprintln!(\"the sieve takes {:?}\", median(&mut times));",
        fault: Fault::Printing,
        also: &[],
    },
];
