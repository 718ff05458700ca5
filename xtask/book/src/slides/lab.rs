//! A lab on a slide: the job, and how to begin; for the speaker, the lab's own notes.

use anyhow::Result;
use cases::text;
use labs::Lab;
use maud::html;

use super::Slide;
use super::prose::{paragraphs, section};
use crate::html::listing;

/// Its slide.
///
/// # Errors
/// If its task or its notes cannot be read.
pub fn slide(lab: &Lab) -> Result<Slide> {
    let (task, notes) = (lab.task()?, text::read(&lab.file("notes.md"))?);
    let name = &lab.name;
    let commands = ["start", "watch", "check"];
    let lines: String =
        commands.iter().map(|it| format!("cargo xtask lab {it} {name}\n")).collect();
    Ok(Slide {
        title: format!("Lab: {}", lab.title),
        body: html! {
            (paragraphs(section(&task, "The job")))
            (listing("sh", &lines))
            p { "First the guess: a range that holds four times in five." }
            p.small { (lab.minutes) " minutes. Hints cost nothing: " code { "cargo xtask lab hint " (name) } }
        },
        notes: html! {
            p { (lab.minutes) " minutes" }
            @for part in notes.split("\n## ").skip(1) {
                @let (title, below) = part.split_once('\n').unwrap_or((part, ""));
                h3 { (title) }
                (paragraphs(below))
            }
        },
        ..Slide::default()
    })
}
