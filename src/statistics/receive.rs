//! Counting what a reader hands over.

use super::{Collector, Counted, CountedDocument};
use crate::corpus::site_of;
use crate::format::exchange::{Entry, Finding, Header, Receive, Stopped};

impl Receive for Collector {
    fn header(&mut self, header: Header) {
        for label in &header.labels {
            self.name(&label.id);
        }
    }

    fn entry(&mut self, entry: Entry) -> Result<(), Stopped> {
        let site = site_of(&entry.document, &entry.extra);
        let document = CountedDocument {
            id: &entry.document.id,
            title: entry.document.title.as_deref(),
            site: site.as_deref(),
            length: entry.document.text.length().code_points,
            state: &entry.state,
        };
        let annotations = entry.annotations.iter().map(|annotation| Counted {
            span: annotation.span,
            label: &annotation.label,
            created: annotation.origin.created.as_deref(),
            creator: annotation.origin.creator.as_deref(),
        });
        self.add(&document, annotations);
        Ok(())
    }

    fn find(&mut self, _: Finding) {}
}
