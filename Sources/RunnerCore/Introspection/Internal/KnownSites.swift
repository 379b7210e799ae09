/// The places that one picture has told, so that each one's texts are made once; used by one thread.
final class KnownSites {
  private var sites: [WaitPlace: SourceSite] = [:]
  /// The last one told: many tasks wait at the same line.
  private var last: (place: WaitPlace, site: SourceSite)?

  func site(_ place: WaitPlace) -> SourceSite? {
    if let last, last.place == place { return last.site }
    guard let site = sites[place] ?? SourceSite(place) else { return nil }
    sites[place] = site
    last = (place, site)
    return site
  }
}
