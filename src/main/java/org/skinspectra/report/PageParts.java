package org.skinspectra.report;

/** What every page of a report carries within itself. */
final class PageParts {

  /** Plain and printable; figures stand beside each other where there is room. */
  static final String STYLE =
      """
      body{font:14px/1.45 system-ui,sans-serif;color:#222;margin:1.5rem auto;padding:0 1rem;max-width:1440px}
      h1{font-size:1.6rem;margin:0 0 .6rem}h2{font-size:1.2rem;margin:2rem 0 .5rem;border-bottom:1px solid #ccc}
      h3{font-size:1rem;margin:1rem 0 .3rem}
      .wide{overflow-x:auto}table{border-collapse:collapse;margin:.4rem 0}
      th,td{padding:.22rem .5rem;border-bottom:1px solid #e4e4e4;text-align:left;vertical-align:top}
      th{border-bottom:2px solid #888;font-weight:600;white-space:nowrap}
      td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
      td small{color:#666;display:block;white-space:nowrap}td small.formula{white-space:normal;max-width:34rem}
      table.sortable th{cursor:pointer}table.sortable th[aria-sort=ascending]:after{content:" \\25B2"}
      table.sortable th[aria-sort=descending]:after{content:" \\25BC"}
      .about th{border-bottom:1px solid #e4e4e4}
      .note{color:#555;max-width:62rem}.warn{background:#fff3d6;border-left:4px solid #e69f00;padding:.4rem .8rem}
      code{overflow-wrap:anywhere}dt{font-weight:600}dd{margin:0 0 .4rem 1.2rem}
      details{border:1px solid #ddd;border-radius:4px;margin:.5rem 0;padding:.3rem .8rem}
      summary{cursor:pointer;font-weight:600;overflow-wrap:anywhere}
      .row{display:flex;flex-wrap:wrap;gap:1.2rem;align-items:flex-start}
      figure{margin:.5rem 0}figcaption{font-size:.85rem;color:#444;max-width:620px;overflow-wrap:anywhere}
      .map img{width:256px;image-rendering:pixelated;border:1px solid #999;display:block}.map figcaption{max-width:256px}
      .plot svg{width:620px;max-width:100%;height:auto;display:block}.plot text{font-size:12px;fill:#222}
      .grid{stroke:#e4e4e4;fill:none}.curve{fill:none;stroke-width:2}
      .key{margin-right:1em}.key i{display:inline-block;width:1.6em;height:.5em;margin-right:.4em}
      .scale{max-width:420px}.scale .bar{height:16px;border:1px solid #999}
      .scale .ticks{display:flex;justify-content:space-between;font-size:.85rem}
      """;

  /** Sorts the rows of a table by the column whose heading is clicked, numbers as numbers. */
  static final String SCRIPT =
      """
      document.querySelectorAll('table.sortable').forEach(function(table){
        table.querySelectorAll('th').forEach(function(th,column){
          th.addEventListener('click',function(){
            var down=th.getAttribute('aria-sort')==='ascending';
            table.querySelectorAll('th').forEach(function(other){other.removeAttribute('aria-sort')});
            th.setAttribute('aria-sort',down?'descending':'ascending');
            var body=table.tBodies[0];
            var value=function(row){var cell=row.cells[column];return cell.dataset.v===undefined?cell.textContent:parseFloat(cell.dataset.v)};
            Array.from(body.rows).sort(function(a,b){
              var x=value(a),y=value(b);
              var order=typeof x==='number'?(isNaN(x)?1:isNaN(y)?-1:x-y):x.localeCompare(y);
              return down?-order:order;
            }).forEach(function(row){body.appendChild(row)});
          });
        });
      });
      """;

  private PageParts() {}
}
